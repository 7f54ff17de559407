package arabic

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stemEnglish is Snowball's English stemmer on American spelling: policies and policy, digitisation and digitization meet.
func stemEnglish(word string) string {
	if len(word) < 3 {
		return word
	}
	env := snowballstem.NewEnv(american(word))
	english.Stem(env)
	return env.Current()
}

// american writes -ise, -yse and -isation with a z. Where the letters before it are few or end in v or c the s is
// the word's own (rise, advise, supervise, precise). Elsewhere a wrong z does no harm: enterprise becomes
// enterprize wherever it stands.
func american(word string) string {
	for _, ending := range []string{"isation", "isations", "isational", "ise", "ises", "ised", "iser", "isers", "ising", "yse", "yses", "ysed", "yser", "ysing"} {
		before, found := strings.CutSuffix(word, ending)
		if found && len(before) >= 4 && !strings.ContainsAny(before[len(before)-1:], "vc") || found && ending[0] == 'y' && len(before) >= 3 {
			return before + ending[:1] + "z" + ending[2:]
		}
	}
	return word
}
