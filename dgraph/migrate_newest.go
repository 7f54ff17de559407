//go:build !nextformat

package dgraph

// future are migrations after those of this version: none, except in tests of upgrades.
var future []migration
