package limits

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"masar"
)

// The cost of an operation is the maximum number of fields in its answer: 1 for each field, and the cost of a list's
// items multiplied by its length. The length is given by the arguments first, last or limit, or by the number of codes
// or ids in an argument. A list of unknown length counts as fewItems. Fields that take more work state their cost in
// the schema, by @cost.

// fewItems is the assumed length of a list without such an argument, such as the aliases of an entity.
const fewItems = 5

// pages are the arguments that give the length of a page, with their maximums.
var pages = map[string]int{"first": masar.Pages.Max, "last": masar.Pages.Max, "limit": 1000}

// price is the cost of a selection: own, and perItem for each item of a list whose length is an argument of the parent.
type price struct{ own, perItem int }

func (p *price) add(o price) { p.own, p.perItem = sum(p.own, o.own), sum(p.perItem, o.perItem) }

// of is the cost of a selection whose lists have a number of items.
func (p price) of(items int) int { return sum(p.own, product(items, p.perItem)) }

// price is the cost of a field whose selection costs below.
func (m *measurer) price(definition *ast.FieldDefinition, f *ast.Field, below price) price {
	if definition == nil {
		return price{own: 1}
	}
	own := weightOf(definition)
	items, given := m.items(definition, f)
	isList := definition.Type.Elem != nil && len(f.SelectionSet) > 0
	switch {
	case !isList && given:
		return price{own: sum(own, below.of(items))}
	case !isList:
		return price{own: sum(own, below.of(fewItems))}
	case given:
		return price{own: product(items, sum(own, below.of(fewItems)))}
	}
	return price{perItem: sum(own, below.of(fewItems))}
}

// weightOf is the cost of a field itself: 1, or the value of @cost.
func weightOf(definition *ast.FieldDefinition) int {
	if cost := definition.Directives.ForName("cost"); cost != nil {
		if weight, ok := count(json.Number(cost.Arguments.ForName("weight").Value.Raw)); ok {
			return weight
		}
	}
	return 1
}

// items is the number of items that a field's arguments ask for. given is false if the field has no such argument.
func (m *measurer) items(definition *ast.FieldDefinition, f *ast.Field) (items int, given bool) {
	page, isPaged, asked, texts := 0, false, false, 0
	for _, takes := range definition.Arguments {
		m.measured.steps++
		longest, isPage := pages[takes.Name]
		isTexts := takes.Type.Elem != nil && (takes.Type.Name() == "String" || takes.Type.Name() == "ID")
		if !isPage && !isTexts {
			continue
		}
		value := m.resolve(takes.DefaultValue)
		if given := f.Arguments.ForName(takes.Name); given != nil {
			value = m.resolve(given.Value)
		}
		if isTexts {
			texts = max(texts, length(value))
			continue
		}
		isPaged = true
		if n, ok := count(value); ok {
			page, asked = max(page, min(n, longest)), true
		}
	}
	switch {
	case asked:
		return page, true
	case isPaged:
		return masar.Pages.Default, true
	}
	return texts, texts > 0
}

// resolve returns the value of an argument or a variable as JSON: a number or a list of items, and nil for all others.
func (m *measurer) resolve(v *ast.Value) any {
	if v == nil {
		return nil
	}
	switch v.Kind {
	case ast.IntValue:
		return json.Number(v.Raw)
	case ast.StringValue, ast.BlockValue:
		return v.Raw
	case ast.ListValue:
		return make([]any, len(v.Children))
	case ast.Variable:
		if given, ok := m.variables[v.Raw]; ok {
			return given
		}
		if m.operation != nil {
			if d := m.operation.VariableDefinitions.ForName(v.Raw); d != nil && d.DefaultValue != nil && d.DefaultValue.Kind != ast.Variable {
				return m.resolve(d.DefaultValue)
			}
		}
	}
	return nil
}

// count is the whole number in a JSON value, limited to the range that is counted.
func count(value any) (n int, ok bool) {
	switch v := value.(type) {
	case json.Number:
		n, err := strconv.ParseInt(string(v), 10, 64)
		return int(max(0, min(n, most))), err == nil || n == math.MaxInt64
	case float64:
		return int(max(0, min(v, most))), !math.IsNaN(v)
	case int:
		return max(0, min(v, most)), true
	case int64:
		return int(max(0, min(v, most))), true
	}
	return 0, false
}

// length is the number of items of a JSON value as a list. A single value is a list of one.
func length(value any) int {
	switch v := value.(type) {
	case nil:
		return 0
	case []any:
		return len(v)
	}
	return 1
}
