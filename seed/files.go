package seed

import "embed"

// Files are the files of the seed, as the program carries them, and schema.json beside the folders.
//
//go:embed common sdg sources texts schema.json
var Files embed.FS
