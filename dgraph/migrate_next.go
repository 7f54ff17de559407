//go:build nextformat

package dgraph

// A program of the next version, for tests of upgrades. Its graph differs from this version's only in the number.
func init() {
	migrations = append(migrations, migration{"a version that does not exist yet", nil})
	SchemaVersion++
}
