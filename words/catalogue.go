package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"masar"
)

var (
	// files are the messages of each language: ar.yaml and en.yaml, those of the explorer's pages in pages/, of policy briefs in
	// briefs/, of exports in exports/, for assistants in assistants/, and for operators in operators/.
	//
	//go:embed ar.yaml en.yaml pages/*.yaml briefs/*.yaml exports/*.yaml assistants/*.yaml operators/*.yaml
	files embed.FS

	// The messages are read when they are first needed: most commands need none, and the processes of Dgraph are this program, too.
	arabic = sync.OnceValue(func() *catalogue {
		return mustRead(language.Arabic, "ar.yaml", "pages/*.ar.yaml", "briefs/*.ar.yaml", "exports/*.ar.yaml", "assistants/*.ar.yaml", "operators/*.ar.yaml")
	})
	english = sync.OnceValue(func() *catalogue {
		return mustRead(language.English, "en.yaml", "pages/*.en.yaml", "briefs/*.en.yaml", "exports/*.en.yaml", "assistants/*.en.yaml", "operators/*.en.yaml")
	})
)

// catalogue has the messages of one language by their keys.
type catalogue struct {
	tag      language.Tag
	messages map[string]message
}

// whole is the form of a message without plural forms.
const whole = plural.Other

// message is a text with slots, or one text for each plural form of a number.
type message struct {
	// counted is the slot whose number selects the form; empty for a message with one form.
	counted string
	forms   map[plural.Form]template
	// zero is the form for the number 0; nil if 0 has the form of its language's plural rules.
	zero template
}

// template is a text divided at its slots.
type template []piece

// piece is a text, or a slot.
type piece struct {
	text string
	slot slot
}

// slot is a place for a value, written {name}, {name.view} or {name:key}.
type slot struct {
	name string
	// view selects a part of an entity or a reference, such as its title.
	view string
	// count is the key of the counted phrase in which a number is shown, such as count.families.
	count string
}

func mustRead(tag language.Tag, patterns ...string) *catalogue {
	c := &catalogue{tag: tag, messages: map[string]message{}}
	for _, pattern := range patterns {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			panic(err) // the patterns are constants
		}
		for _, name := range names {
			file, err := files.ReadFile(name)
			if err == nil {
				err = c.add(file)
			}
			if err != nil {
				panic(fmt.Sprintf("words: %s: %v", name, err))
			}
		}
	}
	return c
}

// add reads the messages of a file. No two files have the same key.
func (c *catalogue) add(file []byte) error {
	var entries map[string]entry
	if err := yaml.UnmarshalWithOptions(file, &entries, yaml.Strict()); err != nil {
		return err
	}
	for key, e := range entries {
		m, err := e.message()
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		if _, twice := c.messages[key]; twice {
			return fmt.Errorf("%s is in another file as well", key)
		}
		c.messages[key] = m
	}
	return nil
}

// entry is a message in its file: a text, or plural forms.
type entry struct {
	text  string
	forms forms
}

type forms struct {
	Slot  string `yaml:"slot"`
	Zero  string `yaml:"zero"`
	One   string `yaml:"one"`
	Two   string `yaml:"two"`
	Few   string `yaml:"few"`
	Many  string `yaml:"many"`
	Other string `yaml:"other"`
}

// UnmarshalYAML reads a text or plural forms.
func (e *entry) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&e.text); err == nil {
		return nil
	}
	return unmarshal(&e.forms)
}

func (e entry) message() (message, error) {
	f := e.forms
	if f == (forms{}) {
		if e.text == "" {
			return message{}, errors.New("there is no text")
		}
		t, err := parse(e.text)
		return message{forms: map[plural.Form]template{whole: t}}, err
	}
	if f.Slot == "" || f.Other == "" {
		return message{}, errors.New("plural forms need slot and other")
	}
	m := message{counted: f.Slot, forms: map[plural.Form]template{}}
	for form, text := range map[plural.Form]string{
		plural.One: f.One, plural.Two: f.Two, plural.Few: f.Few, plural.Many: f.Many, plural.Other: f.Other,
	} {
		if text == "" {
			continue
		}
		t, err := parse(text)
		if err != nil {
			return message{}, err
		}
		m.forms[form] = t
	}
	var err error
	if f.Zero != "" {
		m.zero, err = parse(f.Zero)
	}
	return m, err
}

// parse divides a text at its slots.
func parse(text string) (template, error) {
	var t template
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			t = append(t, piece{text: before})
		}
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed || inside == "" {
			return nil, fmt.Errorf("a slot is not closed or has no name: %q", text)
		}
		t = append(t, piece{slot: newSlot(inside)})
		text = after
	}
	return t, nil
}

func newSlot(written string) slot {
	name, count, _ := strings.Cut(written, ":")
	name, view, _ := strings.Cut(name, ".")
	return slot{name: name, view: view, count: count}
}

// of selects the form of a message for the values of its slots.
func (c *catalogue) of(m message, args masar.Args) template {
	n, isNumber := args[m.counted].(int)
	if m.counted == "" || !isNumber {
		return m.forms[whole]
	}
	if n == 0 && m.zero != nil {
		return m.zero
	}
	if t, ok := m.forms[plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)]; ok {
		return t
	}
	return m.forms[plural.Other]
}

func in(l masar.Language) *catalogue {
	if l == masar.Arabic {
		return arabic()
	}
	return english()
}

// Keys returns the keys of all messages that begin with a prefix, such as "label.evidence_gap.", in order.
func Keys(prefix string) []string {
	var keys []string
	for key := range english().messages {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Files are the files of the messages.
func Files() embed.FS { return files }
