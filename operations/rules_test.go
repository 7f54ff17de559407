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
)

// Catches a rule of the validator that nobody has said in Arabic.
func TestEveryRuleIsSaidInArabic(t *testing.T) {
	for name := range validation().GetInner() {
		if !strings.ContainsFunc(inArabic[name], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			t.Errorf("%s has no Arabic", name)
		}
	}
}

// Catches a list of allowed values that the bound on a message cuts off.
func TestEnumsAreExplainedInFull(t *testing.T) {
	for name, enum := range resolvers.NewSchema().Schema().Types {
		if enum.Kind != ast.Enum || strings.HasPrefix(name, "__") {
			continue
		}
		message, isEnum := explainEnum(resolvers.NewSchema().Schema(), gqlerror.Errorf(`Value "%s" does not exist in "[%s!]" enum.`, strings.Repeat("X", 20), name))
		if !isEnum || utf8.RuneCountInString(message.EN) > maxMessage || utf8.RuneCountInString(message.AR) > maxMessage {
			said, _ := json.Marshal(message)
			t.Errorf("%s: %s", name, said)
		}
	}
}
