package seed

import "embed"

// Files are the seed files embedded in the program, and schema.json.
//
//go:embed common sdg sources texts schema.json
var Files embed.FS
