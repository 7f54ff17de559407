package operations

import (
	"regexp"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"masar"
)

// validation gives the validator's rules, without their guesses at what was meant: those tell whoever tries names which
// there are, and cost more than the rules do.
func validation() *rules.Rules {
	all := rules.NewDefaultRules()
	for with, without := range map[string]core.Rule{
		rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		all.RemoveRule(with)
		all.AddRule(without.Name, without.RuleFunc)
	}
	return all
}

// quoted matches the names that a message of the validator quotes.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// translated is an error of gqlparser with a message in both languages: in English gqlparser's own sentence, in Arabic what
// was asked for and the names that it is about. Where it stands in the document is in its locations.
func translated(err *gqlerror.Error) *masar.Error {
	key := "error.graphql." + err.Rule
	switch {
	case err.Rule != "":
	case err.Extensions["code"] == errcode.ParseFailed:
		key = "error.graphql.unreadable"
	case ofVariable(err):
		key = "error.graphql.variable"
	default:
		key = "error.graphql.operation"
	}
	return masar.NewArgumentError(masar.CodeBadInput, variablePath(err), key, masar.Args{"said": said(err)})
}

// said is what an error of gqlparser says: in English its sentence, in Arabic the names that it quotes.
func said(err *gqlerror.Error) masar.Message {
	var parts []string
	if ofVariable(err) {
		parts = append(parts, variablePath(err))
	}
	parts = append(parts, quoted.FindAllString(err.Message, 4)...)
	m := masar.Message{EN: strings.TrimSuffix(err.Message, ".") + "."}
	if len(parts) > 0 {
		m.AR = ": \u2068" + strings.Join(parts, ", ") + "\u2069"
	}
	return m
}

// ofVariable reports whether an error is about the value of a variable.
func ofVariable(err *gqlerror.Error) bool {
	return len(err.Path) > 1 && err.Path[0] == ast.PathName("variable")
}

// variablePath is the path of the value at fault in a variable, such as filter.countries[0].
func variablePath(err *gqlerror.Error) string {
	return strings.TrimPrefix(err.Path.String(), "variable.")
}
