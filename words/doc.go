// Package words has everything that Masar says of itself, in Arabic and English: labels of kinds, predicates and enum
// values, sentences of claims, and the reasons of numbers.
package words
