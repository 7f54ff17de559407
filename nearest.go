package masar

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Nearest are the candidates most similar to a mistyped word, most similar first, at most most of them. Case is ignored.
// A candidate may differ by two letters, or by one letter in three.
func Nearest(word string, most int, candidates iter.Seq[string]) []string {
	type near struct {
		word     string
		distance int
	}
	var found []near
	bound := max(2, len(word)/3)
	for c := range candidates {
		if len(word)-len(c) > bound || len(c)-len(word) > bound {
			continue
		}
		if d := Distance([]byte(strings.ToLower(word)), []byte(strings.ToLower(c))); d <= bound {
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

// Distance is the edit distance of two words, by their bytes or letters: the number of those to insert, delete, replace
// or swap with the next (optimal string alignment).
func Distance[E comparable](a, b []E) int {
	var before []int // the second last row
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
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
