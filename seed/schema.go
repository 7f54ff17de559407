package seed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"masar"
)

// object is a JSON object. Its keys are written in alphabetical order.
type object map[string]any

// Schema returns the JSON Schema of a seed file, with which editors complete and validate it. It covers what one file
// shows. Only Read checks references to other files and keys that depend on each other.
func Schema() []byte {
	g := schemaWriter{defs: object{}}
	root := g.structure(of[file]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Masar seed file"
	root["description"] = "A file of the curated graph, in the format of docs/seed-format.md."
	root["$defs"] = g.defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		panic(err) // maps, slices, strings and numbers always encode
	}
	return b.Bytes()
}

// schemaWriter builds the schemas of types. Each struct has its own under $defs.
type schemaWriter struct{ defs object }

// of returns the schema of a type for a field with a tag.
func (g schemaWriter) of(t reflect.Type, tag reflect.StructTag) object {
	if values, ok := enumValues(t); ok {
		return object{"enum": values}
	}
	if pattern := written(t, tag); pattern != "" && len(keys(t)) == 0 {
		return text(pattern)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem(), tag)
	case reflect.Struct:
		return g.named(t, tag)
	case reflect.Map:
		return object{
			"type": "object", "additionalProperties": g.of(t.Elem(), tag),
			"propertyNames": text(codePattern),
		}
	case reflect.Slice:
		out := object{"type": "array", "items": g.of(t.Elem(), tag)}
		if tag.Get("unique") != "" {
			out["uniqueItems"] = true
		}
		number(out, "minItems", tag.Get("least"))
		return out
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Float64:
		out := object{"type": "number"}
		if t.Kind() == reflect.Int {
			out["type"] = "integer"
		}
		number(out, "minimum", tag.Get("min"))
		number(out, "maximum", tag.Get("max"))
		return out
	}
	return text(cmp.Or(tag.Get("pattern"), textPattern))
}

// textPattern matches every text that does not begin or end with a space.
const textPattern = `\S(?:.*\S)?`

// text returns the schema of a string that matches a pattern as a whole.
func text(pattern string) object {
	return object{"type": "string", "pattern": "^(?:" + pattern + ")$"}
}

// named adds a struct's schema to $defs and returns a reference to it.
func (g schemaWriter) named(t reflect.Type, tag reflect.StructTag) object {
	if _, ok := g.defs[t.Name()]; !ok {
		g.defs[t.Name()] = nil // for types that contain themselves
		schema := g.structure(t)
		if pattern := written(t, tag); pattern != "" {
			schema = object{"anyOf": []object{text(pattern), schema}}
		}
		g.defs[t.Name()] = schema
	}
	return object{"$ref": "#/$defs/" + t.Name()}
}

// structure returns the schema of a struct's form as a map.
func (g schemaWriter) structure(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, k := range keys(t) {
		property := g.of(k.typ, k.tag)
		if text := describe(t, k.name); text != "" {
			property["description"] = text
		}
		if standard := k.tag.Get("default"); standard != "" {
			property["default"] = standard
		}
		properties[k.name] = property
		if k.required {
			required = append(required, k.name)
		}
	}
	out := object{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// written is the regular expression of a type's form as a string; empty if it has none.
func written(t reflect.Type, tag reflect.StructTag) string {
	kinds := strings.Fields(tag.Get("kinds"))
	if len(kinds) == 0 {
		kinds = texts(masar.Kinds)
	}
	anyRef := "(?:" + strings.Join(kinds, "|") + ")/" + codePattern
	switch t {
	case of[code]():
		return codePattern
	case of[ref]():
		return anyRef
	case of[triple]():
		return anyRef + " (?:" + strings.Join(texts(masar.Predicates), "|") + ") " + anyRef
	case of[pointer]():
		return "(?:" + codePattern + "#)?" + codePattern
	case of[hash]():
		return "[0-9a-f]{64}"
	case of[address]():
		return `https?://\S+`
	case of[translation](), of[edtf](), of[date]():
		return textPattern
	}
	return ""
}

func number(schema object, key, value string) {
	if n, err := strconv.Atoi(value); err == nil {
		schema[key] = n
	}
}
