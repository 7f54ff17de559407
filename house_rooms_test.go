package masar_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Catches: a table of rooms in docs/architecture.md that differs from the arrows.
func TestRoomsAreDocumented(t *testing.T) {
	documented := tableOfRooms(t)
	for from, allowed := range arrows {
		got, ok := documented[from]
		if want := touches(allowed); !ok {
			t.Errorf("the table of rooms in docs/architecture.md lacks `%s/`, which may touch: %s", from, strings.Join(want, ", "))
		} else if !slices.Equal(got, want) {
			t.Errorf("docs/architecture.md says that room %q may touch %q, but house_test.go says %q", from, got, want)
		}
	}
	for from := range documented {
		if _, ok := arrows[from]; !ok {
			t.Errorf("docs/architecture.md has a room %q, but house_test.go has none", from)
		}
	}
}

// touches are the rooms that a room may import, as written in the table.
func touches(allowed []string) []string {
	if len(allowed) == 0 {
		return []string{"nothing"}
	}
	var names []string
	for _, to := range allowed {
		switch to {
		case "":
			to = "root"
		case "*":
			to = "all"
		}
		names = append(names, to)
	}
	return sorted(names)
}

// tableOfRooms reads the table of rooms between the two comments.
func tableOfRooms(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, begins := strings.Cut(string(text), "<!-- rooms -->\n")
	table, _, ends := strings.Cut(rest, "<!-- end -->")
	if !begins || !ends {
		t.Fatal("docs/architecture.md has no table of rooms between <!-- rooms --> and <!-- end -->")
	}
	documented := map[string][]string{}
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 3 {
			t.Fatalf("the table of rooms has three columns: %s", line)
		}
		if i < 2 {
			continue // the header
		}
		name := strings.Trim(strings.TrimSpace(cells[0]), "`")
		if name == "*.go` at the root" {
			name = ""
		}
		documented[strings.TrimSuffix(name, "/")] = sorted(strings.Split(strings.TrimSpace(cells[2]), ", "))
	}
	return documented
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}
