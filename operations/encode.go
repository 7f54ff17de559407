package operations

import (
	"bytes"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
)

// Encode writes a response as JSON. By the specification, "data" is present only if an operation was executed. The data
// is already JSON and is copied as it is.
func Encode(response *graphql.Response) []byte {
	var b bytes.Buffer
	b.Grow(len(response.Data) + 256)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	separator := byte('{')
	member := func(name string, value any) {
		b.WriteByte(separator)
		separator = ','
		b.WriteString(`"` + name + `":`)
		if written, ok := value.(json.RawMessage); ok {
			b.Write(written)
			return
		}
		if err := e.Encode(value); err != nil {
			panic(err)
		}
		b.Truncate(b.Len() - 1) // the line break
	}
	if len(response.Errors) > 0 {
		member("errors", response.Errors)
	}
	if response.Data != nil {
		member("data", response.Data)
	}
	if len(response.Extensions) > 0 {
		member("extensions", response.Extensions)
	}
	b.WriteByte('}')
	return b.Bytes()
}
