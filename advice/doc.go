// Package advice answers what to do. Answers are computed over the whole graph by formulas, and explained by the numbers and
// claims that they are made of. An answer names entities and claims. A number that is not known exactly is an interval: known
// absence is 0, and ignorance never raises a rank.
//
// Each question is a function of a graph and its arguments. The as-of date is the graph's; topology.Graph.AsOfDay gives the graph
// of another day. The context only ends the work early.
package advice
