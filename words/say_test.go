package words_test

import (
	"errors"
	"strings"
	"testing"

	"masar"
	"masar/words"
)

// Catches: a wrong form of a counted phrase, in Arabic, where the noun changes with the number, or in English.
func TestNumberPhrases(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"لا تحديات معروفة", "no known challenges"}, 1: {"تحدٍّ واحد معروف", "one known challenge"},
		2: {"تحديان معروفان", "2 known challenges"}, 3: {"3 تحديات معروفة", "3 known challenges"}, 10: {"10 تحديات معروفة", "10 known challenges"},
		11: {"11 تحدياً معروفاً", "11 known challenges"}, 99: {"99 تحدياً معروفاً", "99 known challenges"},
		100: {"100 تحدٍّ معروف", "100 known challenges"}, 102: {"102 تحدٍّ معروف", "102 known challenges"},
		103: {"103 تحديات معروفة", "103 known challenges"}, 12345: {"12,345 تحدياً معروفاً", "12,345 known challenges"},
	} {
		m := words.Both("count.challenges", masar.Args{"n": n})
		if m.AR != want[0] || m.EN != want[1] {
			t.Errorf("%d: %q and %q, want %q", n, m.AR, m.EN, want)
		}
	}
}

// Catches: a value formatted wrongly in a message: an enum by its name, a text of the other script that changes the
// direction of the sentence, or a directional mark from a client.
func TestValuesWithinMessages(t *testing.T) {
	for name, test := range map[string]struct {
		code   string
		kind   any
		ar, en string
	}{
		"an enum by its label":         {"X1", masar.KindTopic, "موضوع «\u2068X1\u2069»: رمز", "Topic “X1” does not"},
		"enums by their labels":        {"X1", []masar.Kind{masar.KindSdgGoal, masar.KindSdgTarget}, "هدف من أهداف التنمية المستدامة، غاية من غايات", "SDG goal, SDG target “X1”"},
		"an enum without a label":      {"X1", masar.Kind("NOVEL"), "\u2068NOVEL\u2069 «", "NOVEL “"},
		"Arabic in English":            {"رمز", masar.KindTopic, "«رمز»", "“\u2068رمز\u2069”"},
		"digits stay as they are":      {"16", masar.KindTopic, "«16»", "“16”"},
		"a mark that turns the text":   {"a\u202Eb", masar.KindTopic, `a\u202eb`, `a\u202eb`},
		"a line break within the text": {"a\nb", masar.KindTopic, `a\u000ab`, `a\u000ab`},
	} {
		m := words.Both("error.code.unknown", masar.Args{"code": test.code, "kind": test.kind})
		if !strings.Contains(m.AR, test.ar) || !strings.Contains(m.EN, test.en) {
			t.Errorf("%s: %q and %q", name, m.AR, m.EN)
		}
	}
}

// Catches: an error whose message is lost, or whose cause a client sees.
func TestMessageOfErrors(t *testing.T) {
	secret := errors.New("secret cause")
	args := masar.Args{"code": "X", "kind": masar.KindTopic}
	for name, test := range map[string]struct {
		err error
		en  string
	}{
		"of a key":        {masar.NewArgumentError(masar.CodeBadInput, "a", "error.code.unknown", args).Because(secret), "Topic “X” does not exist in Masar, and no code is similar. Find existing codes with search."},
		"wrapped":         {errors.Join(masar.NewError(masar.CodeBadInput, "error.code.unknown", args)), "Topic “X” does not exist in Masar, and no code is similar. Find existing codes with search."},
		"of a code alone": {&masar.Error{Code: masar.CodeInternal}, "Internal error."},
		"not for clients": {secret, "Internal error."},
	} {
		m := words.Message(test.err)
		if m.EN != test.en || m.AR == "" || m.AR == m.EN {
			t.Errorf("%s: %+v", name, m)
		}
	}
	logged := masar.NewArgumentError(masar.CodeBadInput, "a", "error.code.unknown", args).Because(secret).Error()
	if logged != "a: BAD_INPUT: error.code.unknown code=X kind=TOPIC: secret cause" {
		t.Errorf("the log has %q", logged)
	}
}
