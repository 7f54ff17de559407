package dump

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Catches: lines that are lost, repeated or in another order when they are sorted on the disk, and files that are left behind.
func TestSorter(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.MapOf(rapid.String(), rapid.SliceOfN(rapid.Byte(), 0, 40)).Draw(t, "lines")
		s := &sorter{dir: dir, limit: rapid.IntRange(1, 400).Draw(t, "limit")}
		want := []string{}
		for key, line := range lines {
			want = append(want, key)
			if err := s.add(key, line); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		err := s.each(func(line []byte) error {
			if len(want) == 0 || !bytes.Equal(line, lines[want[0]]) {
				t.Fatalf("%q comes where %q should", line, want)
			}
			want = want[1:]
			return nil
		})
		s.close()
		if left, _ := os.ReadDir(dir); err != nil || len(want) > 0 || len(left) > 0 {
			t.Fatalf("%v; missing %q; files left: %v", err, want, left)
		}
	})
}
