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
	"masar/words"
)

// validation gives the validator's rules. Their guesses at what was meant are there where introspection is on, for then the
// names of the schema are no secret; without it they would tell whoever tries names which there are. What is allowed of an
// enum is listed whole in either case (see explainEnum).
func validation(suggestions bool) *rules.Rules {
	all := rules.NewDefaultRules()
	for with, without := range map[string]core.Rule{
		rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		if !suggestions || with == rules.ValuesOfCorrectTypeRule.Name {
			all.RemoveRule(with)
			all.AddRule(without.Name, without.RuleFunc)
		}
	}
	return all
}

// withoutSuggestions ends the names of rules that make no guesses.
const withoutSuggestions = "WithoutSuggestions"

// quoted matches the names that a message of the validator quotes.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// translated is an error of gqlparser with a message in both languages: in English gqlparser's own sentence, in Arabic what
// was asked for and the names that it is about. Where it stands in the document is in its locations.
func translated(err *gqlerror.Error) *masar.Error {
	key := "error.graphql." + strings.TrimSuffix(err.Rule, withoutSuggestions)
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

// maxSuggestions bounds the names that a message suggests.
const maxSuggestions = 3

// said is what an error of gqlparser says: in English its sentence, in Arabic the names that it quotes; then, in both, what
// may have been meant.
func said(err *gqlerror.Error) masar.Message {
	sentence, meant, _ := strings.Cut(err.Message, " Did you mean ")
	var parts []string
	if ofVariable(err) {
		parts = append(parts, variablePath(err))
	}
	parts = append(parts, quoted.FindAllString(sentence, 4)...)
	m := masar.Message{EN: strings.TrimSuffix(sentence, ".") + "."}
	if len(parts) > 0 {
		m.AR = ": \u2068" + strings.Join(parts, ", ") + "\u2069"
	}
	names := quoted.FindAllString(meant, maxSuggestions)
	if len(names) == 0 {
		return m
	}
	key := "error.suggestion.name"
	if strings.HasPrefix(meant, "to use an inline fragment") {
		key = "error.suggestion.fragment"
	}
	hint := words.Both(key, masar.Args{"names": strings.Join(names, ", ")})
	return masar.Message{EN: m.EN + " " + hint.EN, AR: m.AR + ". " + hint.AR}
}

// ofVariable reports whether an error is about the value of a variable.
func ofVariable(err *gqlerror.Error) bool {
	return len(err.Path) > 1 && err.Path[0] == ast.PathName("variable")
}

// variablePath is the path of the value at fault in a variable, such as filter.countries[0].
func variablePath(err *gqlerror.Error) string {
	return strings.TrimPrefix(err.Path.String(), "variable.")
}
