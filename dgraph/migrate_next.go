//go:build nextformat

package dgraph

// future makes a program of the next version, for tests of upgrades. Its graph differs from this version's only in the number.
var future = []migration{{"a version that does not exist yet", nil}}
