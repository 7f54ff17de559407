// Package advice answers what to do: questions whose answers are reckoned over the whole graph by formulas, and explained by
// the numbers and claims that they were made of. An answer names entities and claims; what is not known is left out of it, or
// said to be unknown, and is never taken for zero.
package advice
