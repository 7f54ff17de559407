package web_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Catches: a sitemap without some entities, with an address twice or one that has no page, and one that is not valid XML.
func TestSitemap(t *testing.T) {
	api := explorer(t)
	resp := open(t, api, "/sitemap.xml")
	defer resp.Body.Close()
	var all struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.NewDecoder(resp.Body).Decode(&all); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %v", resp.StatusCode, err)
	}
	var paths []string
	for _, u := range all.URLs {
		to, err := url.Parse(u.Loc)
		if err != nil || to.Host == "" {
			t.Errorf("%s: %v", u.Loc, err)
			continue
		}
		paths = append(paths, to.EscapedPath())
	}
	slices.Sort(paths)
	if once := slices.Compact(slices.Clone(paths)); len(once) != len(paths) {
		t.Errorf("%d of %d addresses are there twice", len(paths)-len(once), len(paths))
	}
	var ar, en int
	for _, path := range paths {
		if strings.HasPrefix(path, "/ar/") {
			ar++
		} else if strings.HasPrefix(path, "/en/") {
			en++
		}
	}
	if ar != en || ar+en != len(paths) || ar < 700 {
		t.Errorf("%d Arabic and %d English of %d addresses", ar, en, len(paths))
	}
	for _, path := range []string{"/ar/targets/16.6", "/en/targets/17.19", "/en/sdg-indicators/17.19.2", "/ar/recommendations/ENACT-KM-05", "/en/gaps", "/ar/"} {
		if !slices.Contains(paths, path) {
			t.Errorf("%s is missing", path)
		}
	}
	for _, path := range paths {
		if strings.HasPrefix(path, "/en/recommendations/") {
			document(t, api, path, http.StatusOK)
		}
	}
}

// Catches: rules for search engines that exclude the pages, or do not name the sitemap.
func TestRobots(t *testing.T) {
	resp := open(t, explorer(t), "/robots.txt")
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %v", resp.StatusCode, err)
	}
	if !strings.Contains(string(text), "/sitemap.xml\n") || strings.Contains(string(text), "Disallow: /ar/\n") || !strings.Contains(string(text), "Disallow: /api/\n") {
		t.Errorf("%s", text)
	}
}
