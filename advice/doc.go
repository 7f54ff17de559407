// Package advice computes recommendations for countries: tailored recommendations, twinning, action plans and
// comparisons. Answers are computed over the whole graph by formulas, and name the numbers, claims and entities
// behind them. A number that is not exactly known is an interval. Known absence is 0, and missing data never raises a
// rank.
//
// Each question is a function of a graph and its arguments. The as-of date is that of the graph;
// topology.Graph.AsOfDay returns the graph of another day. The context can only end the computation early.
package advice
