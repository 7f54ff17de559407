package masar_test

import (
	"slices"
	"testing"
)

// Catches an id on a type that is not a Node: caches of clients store what has an id under it, so that two changes with the
// id of one record would become one.
func TestOnlyNodesHaveAnID(t *testing.T) {
	nodes := 0
	for name, definition := range schemaOf(t).Types {
		if definition.BuiltIn || definition.Fields.ForName("id") == nil {
			continue
		}
		nodes++
		if name != "Node" && !slices.Contains(definition.Interfaces, "Node") {
			t.Errorf("%s has a field named id, and does not implement Node", name)
		}
	}
	if nodes == 0 {
		t.Error("no type has an id")
	}
}
