package masar

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Nearest are the candidates that a person who wrote a word may have meant, nearest first, and at most so many: those that differ
// from it by one letter in three, or by two.
func Nearest(word string, most int, candidates iter.Seq[string]) []string {
	type near struct {
		word     string
		distance int
	}
	var found []near
	bound := max(2, len(word)/3)
	for c := range candidates {
		if d := distance(word, c, bound); d <= bound {
			found = append(found, near{c, d})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	words := []string{}
	for _, n := range found[:min(most, len(found))] {
		words = append(words, n.word)
	}
	return words
}

// distance is the number of letters to insert, delete, replace, or swap with the next, that make one code of another, whatever
// their case; more than the bound where it is more than the bound.
func distance(a, b string, bound int) int {
	if len(a)-len(b) > bound || len(b)-len(a) > bound {
		return bound + 1
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	var before []int // the row before the last
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, replaced)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
