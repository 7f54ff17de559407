package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
)

// sbom writes the bill of materials of a binary, in CycloneDX: the modules in its build information, Go's library and the
// npm packages of the pages, with their licences.
func (r release) sbom(binary, path string, parts []part) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	hash, err := sum(binary)
	if err != nil {
		return err
	}
	known := map[string]part{}
	for _, p := range parts {
		known[p.name] = p
	}
	masar := "pkg:golang/masar@" + r.version
	var components []cyclonedx.Component
	for _, m := range append([]*debug.Module{{Path: "std", Version: strings.TrimPrefix(info.GoVersion, "go")}}, info.Deps...) {
		if m.Replace != nil {
			if m.Replace.Version == "(devel)" || m.Replace.Version == "" {
				continue // a directory of Masar
			}
			m = m.Replace
		}
		p, ok := known[m.Path]
		if !ok {
			p = part{name: m.Path}
		}
		components = append(components, component(p, m.Version, "pkg:golang/"+m.Path+"@"+m.Version, m.Sum))
	}
	for _, p := range parts {
		if p.npm {
			name := strings.TrimPrefix(p.name, "npm ")
			components = append(components, component(p, p.version, "pkg:npm/"+strings.Replace(name, "@", "%40", 1)+"@"+p.version, ""))
		}
	}
	var refs []string
	for _, c := range components {
		refs = append(refs, c.BOMRef)
	}
	bom := cyclonedx.NewBOM()
	bom.SerialNumber = serial(hash)
	bom.Metadata = &cyclonedx.Metadata{
		Timestamp: r.time.Format(time.RFC3339),
		Component: &cyclonedx.Component{
			BOMRef: masar, Type: cyclonedx.ComponentTypeApplication, Name: "masar", Version: r.version, PackageURL: masar,
			Hashes:   &[]cyclonedx.Hash{{Algorithm: cyclonedx.HashAlgoSHA256, Value: hash}},
			Licenses: licences([]string{"Apache-2.0"}),
		},
		Properties: settings(info),
	}
	bom.Components = &components
	bom.Dependencies = &[]cyclonedx.Dependency{{Ref: masar, Dependencies: &refs}}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := cyclonedx.NewBOMEncoder(f, cyclonedx.BOMFileFormatJSON).SetPretty(true).Encode(bom); err != nil {
		return err
	}
	return f.Close()
}

// component is a part as a component. The sum is that of go.sum, which no algorithm of CycloneDX is.
func component(p part, version, purl, sum string) cyclonedx.Component {
	c := cyclonedx.Component{
		BOMRef: purl, Type: cyclonedx.ComponentTypeLibrary, Name: strings.TrimPrefix(p.name, "npm "), Version: version, PackageURL: purl,
		Licenses: licences(p.licences),
	}
	if sum != "" {
		c.Properties = &[]cyclonedx.Property{{Name: "masar:go.sum", Value: sum}}
	}
	return c
}

func licences(ids []string) *cyclonedx.Licenses {
	if len(ids) == 0 {
		return nil
	}
	var all cyclonedx.Licenses
	for _, id := range ids {
		all = append(all, cyclonedx.LicenseChoice{License: &cyclonedx.License{ID: id}})
	}
	return &all
}

// settings are how the binary was built.
func settings(info *buildinfo.BuildInfo) *[]cyclonedx.Property {
	all := []cyclonedx.Property{{Name: "masar:go", Value: info.GoVersion}}
	for _, s := range info.Settings {
		all = append(all, cyclonedx.Property{Name: "masar:build:" + s.Key, Value: s.Value})
	}
	return &all
}

// serial is a serial number that follows from the binary: a UUID of version 8.
func serial(hash string) string {
	id := sha256.Sum256([]byte("masar " + hash))
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
}
