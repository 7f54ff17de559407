// Package words has Masar's own texts in Arabic and English: labels of kinds, predicates and enum values, sentences of
// claims, explanations of numbers, and messages.
package words
