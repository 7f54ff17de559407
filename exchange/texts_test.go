package exchange

import (
	"strings"
	"testing"

	"masar/words"
)

// Catches: a dataset or a column without texts in words/, and texts of a column that does not exist.
func TestTextsAreInWords(t *testing.T) {
	used := map[string]bool{"dataset.package.title": true, "dataset.package.description": true, "dataset.sheet.rows": true, "dataset.sheet.columns": true,
		"dataset.file.title": true, "dataset.file.creator": true, "dataset.file.state": true}
	for _, d := range Datasets {
		used["dataset."+d.Name+".title"], used["dataset."+d.Name+".description"] = true, true
		for _, c := range d.Columns {
			used[c.key+".title"], used[c.key+".description"] = true, true
			if !c.Units().IsZero() {
				used[c.key+".unit"] = true
			}
			if strings.Contains(c.Name, ".") || c.Name == "" {
				t.Errorf("%s has a column %q", d.Name, c.Name)
			}
		}
	}
	there := map[string]bool{}
	for _, key := range append(words.Keys("dataset."), words.Keys("column.")...) {
		there[key] = true
		if !used[key] {
			t.Errorf("no dataset has the text %s", key)
		}
	}
	for key := range used {
		if !there[key] {
			t.Errorf("words/ does not have %s", key)
		}
	}
}
