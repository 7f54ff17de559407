package operations

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar/resolvers"
	"masar/words"
)

// Catches: a validation rule without an Arabic message, and a message without a rule.
func TestEveryRuleIsSaidInArabic(t *testing.T) {
	rules := validation().GetInner()
	for _, key := range words.Keys("error.graphql.") {
		rule := strings.TrimPrefix(key, "error.graphql.")
		if _, is := rules[rule]; !is && rule != "unreadable" && rule != "variable" && rule != "operation" {
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
