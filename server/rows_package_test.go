package server_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"masar/exchange"
)

// descriptor is a data package as its standard defines it.
type descriptor struct {
	Name, Title string
	Licenses    []struct{ Name, Path string }
	Sources     []struct{ Title, Path, Publisher string }
	Resources   []struct {
		Name, Path, Title, Format, MediaType, Encoding, Hash string
		Bytes                                                int
		Translations                                         map[string]struct{ Title, Description string }
		Schema                                               struct {
			Fields []struct {
				Name, Type, Title, Description string
				Translations                   map[string]struct{ Title, Description string }
				Constraints                    struct {
					Required bool
					Enum     []string
				}
			}
			PrimaryKey, MissingValues []string
			ForeignKeys               []struct {
				Fields    []string
				Reference struct {
					Resource string
					Fields   []string
				}
			}
		}
	}
}

var (
	resourceName = regexp.MustCompile(`^[a-z0-9._/-]+$`)
	fieldTypes   = map[string]func(string) bool{
		"boolean": func(s string) bool { return s == "true" || s == "false" },
		"string":  func(string) bool { return true },
		"integer": func(s string) bool {
			_, err := strconv.Atoi(s)
			return err == nil
		},
		"number": func(s string) bool {
			_, err := strconv.ParseFloat(s, 64)
			return err == nil
		},
		"year": func(s string) bool { return regexp.MustCompile(`^-?\d{4}$`).MatchString(s) },
		"datetime": func(s string) bool {
			_, err := time.Parse("2006-01-02T15:04:05Z", s)
			return err == nil
		},
	}
)

// Catches: a data package that breaks a rule of its standard, describes files that do not exist, or names no publisher.
// Every value of every file is checked against the package.
func TestDataPackage(t *testing.T) {
	api := newRowsAPI(t)
	_, text := api.get(t, "datapackage.json")
	var p descriptor
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	if !resourceName.MatchString(p.Name) || len(p.Licenses) == 0 || p.Licenses[0].Name == "" || len(p.Resources) != len(exchange.Datasets)-2 {
		t.Errorf("%+v", p) // tailored and paths have no rows without parameters
	}
	var credited []string
	for _, s := range p.Sources {
		if s.Title == "" {
			t.Errorf("a source without a title: %+v", s)
		}
		if address, err := url.Parse(s.Path); err != nil || s.Path != "" && address.Scheme != "https" && address.Scheme != "http" {
			t.Errorf("%s: path %q", s.Title, s.Path)
		}
		credited = append(credited, s.Publisher)
	}
	if !slices.ContainsFunc(credited, func(s string) bool { return strings.Contains(s, "World Bank") }) {
		t.Errorf("credited are %q", credited)
	}
	seen, files := map[string]bool{}, map[string][]map[string]string{}
	for _, r := range p.Resources {
		if !resourceName.MatchString(r.Name) || seen[r.Name] || strings.HasPrefix(r.Path, "/") || strings.Contains(r.Path, "..") || r.Encoding != "utf-8" || r.MediaType != "text/csv" {
			t.Errorf("resource %+v", r)
		}
		seen[r.Name] = true
		if arabic := r.Translations["ar"]; r.Title == "" || arabic.Title == "" || arabic.Description == "" {
			t.Errorf("%s is not described in both languages", r.Name)
		}
		file := second(api.get(t, r.Path))
		if sum := sha256.Sum256(file); r.Bytes != len(file) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %d bytes of hash %s, the file has %d", r.Name, r.Bytes, r.Hash, len(file))
		}
		columns, rows := table(t, file)
		files[r.Name] = rows
		keys := map[string]bool{}
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
			fits := fieldTypes[f.Type]
			if arabic := f.Translations["ar"]; fits == nil || f.Title == "" || f.Description == "" || arabic.Title == "" || arabic.Description == "" {
				t.Fatalf("%s: field %+v", r.Name, f)
			}
			for i, row := range rows {
				value := row[f.Name]
				missing := slices.Contains(r.Schema.MissingValues, value)
				if missing && f.Constraints.Required || !missing && (!fits(value) || f.Constraints.Enum != nil && !slices.Contains(f.Constraints.Enum, value)) {
					t.Fatalf("%s, row %d: %s is %q", r.Name, i, f.Name, value)
				}
			}
		}
		if !slices.Equal(names, columns) {
			t.Errorf("%s has the columns %v, not %v", r.Name, columns, names)
		}
		for i, row := range rows {
			key := ""
			for _, name := range r.Schema.PrimaryKey {
				if !slices.Contains(names, name) {
					t.Fatalf("%s: the key %s is not a field", r.Name, name)
				}
				key += row[name] + "\x00"
			}
			if key != "" && keys[key] {
				t.Fatalf("%s, row %d: duplicate key", r.Name, i)
			}
			keys[key] = true
		}
	}
	references := 0
	for _, r := range p.Resources {
		titles := map[string]bool{}
		for _, f := range r.Schema.Fields {
			for _, title := range []string{f.Title, f.Translations["ar"].Title} {
				if titles[title] {
					t.Errorf("%s has the title %q twice", r.Name, title)
				}
				titles[title] = true
			}
		}
		for _, key := range r.Schema.ForeignKeys {
			references++
			known := map[string]bool{"": true}
			for _, row := range files[key.Reference.Resource] {
				known[row[key.Reference.Fields[0]]] = true
			}
			for _, row := range files[r.Name] {
				if !known[row[key.Fields[0]]] {
					t.Fatalf("%s.%s has %q, which %s has not", r.Name, key.Fields[0], row[key.Fields[0]], key.Reference.Resource)
				}
			}
		}
	}
	if references < 20 {
		t.Errorf("%d foreign keys", references)
	}
}

func second[A, B any](_ A, b B) B { return b }

// Catches: a list of datasets that is incomplete, links to a missing file, or gives a wrong row count.
func TestRowsIndex(t *testing.T) {
	api := newRowsAPI(t)
	var index struct {
		Snapshot, AsOf, DataPackage string
		Datasets                    []struct {
			Name        string
			Title       map[string]string
			Description map[string]string
			Files       []string
			Parameters  []exchange.Parameter
			Required    []exchange.Parameter
			Rows        *int
			Schema      *struct{ Fields []any }
		}
	}
	if err := json.Unmarshal(second(api.get(t, "")), &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Datasets) != len(exchange.Datasets) || index.AsOf != "2025-01-01" || index.Snapshot == "" {
		t.Errorf("%+v", index)
	}
	api.get(t, index.DataPackage)
	for i, d := range index.Datasets {
		if d.Name != exchange.Datasets[i].Name || d.Title["ar"] == "" || d.Description["en"] == "" || len(d.Files) != len(exchange.Formats) || !slices.Equal(d.Parameters, exchange.Datasets[i].Accepts) {
			t.Errorf("%+v", d)
		}
		if needs := len(d.Required) > 0; needs != (d.Rows == nil) || needs != (d.Schema != nil && len(d.Schema.Fields) == len(exchange.Datasets[i].Columns)) {
			t.Errorf("%s requires %v: %+v", d.Name, d.Required, d)
		}
		for _, file := range d.Files {
			if response, _ := api.get(t, file); d.Rows != nil && response.Header.Get("X-Total-Count") != strconv.Itoa(*d.Rows) {
				t.Errorf("%s: %s rows, not %d", file, response.Header.Get("X-Total-Count"), *d.Rows)
			}
		}
	}
}
