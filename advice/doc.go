// Package advice answers what to do: questions whose answers are computed over the whole graph by formulas, and explained by
// the numbers and claims that they were made of. An answer names entities and claims; what is not known is left out of it, or
// said to be unknown, and is never taken for zero.
//
// Each question is a function of a graph and its arguments, and nothing else decides the answer. The day as of which evidence
// is judged is the graph's; topology.Graph.AsOfDay gives the graph of another day. The context only ends the work early.
package advice
