package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"masar"
	"masar/brief"
)

//go:embed site/site.css site/print.css
var styleFiles embed.FS

// assetsPath is where the service serves the files of the pages.
const assetsPath = "/assets/"

// siteAssets are the files of the explorer's pages, and where the layout finds them.
type siteAssets struct {
	// files are the contents by name, such as site-0123456789.css. A file NAME.gz is the compressed form of NAME.
	files map[string][]byte
	// style and script are the addresses of the style sheet and the script; script is empty without Node.
	style, script string
	// preload is the font that a page in a language certainly needs; empty without Node.
	preload map[masar.Language]string
}

// Assets returns the files that pages load, by name below /assets/. Each name has a hash of the file's content. A file
// NAME.gz is the compressed form of the file NAME.
func Assets() map[string][]byte { return assets().files }

var assets = sync.OnceValue(func() siteAssets {
	made := siteAssets{files: map[string][]byte{}, preload: map[masar.Language]string{}}
	style := styleSheet()
	if build := built("dist/site", "manifest.json"); build != nil {
		style = append(made.include(build), style...)
	}
	sum := sha256.Sum256(style)
	name := "site-" + hex.EncodeToString(sum[:6]) + ".css"
	made.files[name+".gz"] = packed(style)
	made.style = assetsPath + name
	return made
})

// styleSheet is the style of pages on screens and in print.
func styleSheet() []byte {
	site, err := styleFiles.ReadFile("site/site.css")
	if err != nil {
		panic(err) // the files are embedded
	}
	print, err := styleFiles.ReadFile("site/print.css")
	if err != nil {
		panic(err)
	}
	return []byte(minified(string(site)) + minified(brief.Style()) + "@media print{" + minified(string(print)) + "}")
}

// minified is a style sheet without comments, indentation and line breaks.
func minified(css string) string {
	var b strings.Builder
	for css != "" {
		before, rest, found := strings.Cut(css, "/*")
		for line := range strings.Lines(before) {
			b.WriteString(strings.TrimSpace(line))
		}
		if !found {
			break
		}
		_, css, _ = strings.Cut(rest, "*/")
	}
	return b.String()
}

// chunk is an entry of Vite's manifest.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	IsEntry bool     `json:"isEntry"`
}

// include adds the script and fonts of the build, and returns the style sheet of the fonts.
func (a *siteAssets) include(build fs.FS) (fonts []byte) {
	var manifest map[string]chunk
	if err := json.Unmarshal(read(build, "manifest.json"), &manifest); err != nil {
		panic(err) // the build wrote it
	}
	for _, c := range manifest {
		switch {
		case c.IsEntry:
			a.script = assetsPath + path.Base(c.File)
			for _, style := range c.CSS {
				fonts = append(fonts, read(build, style)...)
			}
		case strings.Contains(c.File, "-arabic-arabic-400-"):
			a.preload[masar.Arabic] = assetsPath + path.Base(c.File)
		case strings.Contains(c.File, "-arabic-latin-400-"):
			a.preload[masar.English] = assetsPath + path.Base(c.File)
		}
	}
	err := fs.WalkDir(build, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.Contains(name, ".css") {
			a.files[path.Base(name)], err = fs.ReadFile(build, name)
		}
		return err
	})
	if err != nil {
		panic(err) // the files are embedded
	}
	return fonts
}

// read reads a file of the build, compressed or not.
func read(build fs.FS, name string) []byte {
	content, err := fs.ReadFile(build, name)
	if err == nil {
		return content
	}
	if content, err = fs.ReadFile(build, name+".gz"); err != nil {
		panic(err) // the build wrote it
	}
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		panic(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	return plain
}

// packed is a content compressed with gzip.
func packed(content []byte) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = z.Write(content) // a buffer does not fail
	_ = z.Close()
	return b.Bytes()
}
