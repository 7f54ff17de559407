package operations

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar/operations/limits"
	"masar/resolvers"
	"masar/words"
)

// Catches: a validation rule without an Arabic message, and a message without a rule.
func TestEveryRuleIsSaidInArabic(t *testing.T) {
	rules := validation(true).GetInner()
	for _, key := range words.Keys("error.graphql.") {
		rule := strings.TrimPrefix(key, "error.graphql.")
		_, is := rules[rule]
		_, guessless := rules[rule+withoutSuggestions]
		if !is && !guessless && rule != "unreadable" && rule != "variable" {
			t.Errorf("no rule says %s", key)
		}
	}
	for name := range rules {
		message := words.Message(translated(&gqlerror.Error{Message: "said", Rule: name}))
		if message.EN != "said." || !strings.ContainsFunc(message.AR, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			t.Errorf("%s: %+v", name, message)
		}
	}
}

// Catches: a list of allowed values that is truncated by the bound on messages.
func TestEnumsAreExplainedInFull(t *testing.T) {
	for name, enum := range resolvers.NewSchema().Schema().Types {
		if enum.Kind != ast.Enum || strings.HasPrefix(name, "__") {
			continue
		}
		refused := unknownValue(resolvers.NewSchema().Schema(), gqlerror.Errorf(`Value "%s" does not exist in "[%s!]" enum.`, strings.Repeat("X", 20), name))
		if refused == nil {
			t.Errorf("%s: the refusal is not explained", name)
			continue
		}
		message := words.Message(refused)
		if utf8.RuneCountInString(message.EN) > maxMessage || utf8.RuneCountInString(message.AR) > maxMessage {
			said, _ := json.Marshal(message)
			t.Errorf("%s: %s", name, said)
		}
	}
}

// Catches misspelt names without a suggestion, more suggestions than help, one in a single language, and any that tells a
// name where introspection is off.
func TestSuggestions(t *testing.T) {
	schema := resolvers.NewSchema()
	for query, want := range map[string]string{
		`{ country(code: "EGY") { titel { value } } }`:                    `"title"`,
		`{ contry(code: "EGY") { code } }`:                                `"country"`,
		`{ country(cod: "EGY") { code } }`:                                `"code"`,
		`{ entity(ref: {kind: TOPIC, code: "x"}) { iso2 } }`:              `"Country"`,
		`{ country(code: "EGY") { ...F } } fragment F on Contry { code }`: `"Country"`,
	} {
		for _, introspections := range []int{0, 1} {
			bounds := limits.Default()
			bounds.Introspections = introspections
			o := New(Options{Schema: schema, Limits: bounds, Log: slog.New(slog.DiscardHandler)})
			answer, err := json.Marshal(o.Do(t.Context(), Client{}, Params{Query: query}).Errors)
			if err != nil {
				t.Fatal(err)
			}
			said := string(answer)
			if told := strings.Contains(said, strings.ReplaceAll(want, `"`, `\"`)) && strings.Contains(said, "Did you mean") && strings.Contains(said, "هل تقصد"); told != (introspections > 0) {
				t.Errorf("introspection %d: %s: %s", introspections, query, said)
			}
		}
	}
}
