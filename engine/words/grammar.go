package words

import (
	"math/rand/v2"
	"strings"
)

// scene is a rule of the grammar: some words and the frames that may be said of each.
type scene struct {
	words  []string
	frames []string
	slots  map[string][]string // what a slot may become; the texts may hold slots in turn
}

// scenes are the rules of the world. A sentence comes from each with the same chance.
func scenes() []scene {
	var all []scene
	for _, r := range relations() {
		for _, p := range r.pairs {
			if p.topics == nil {
				continue
			}
			for side, word := range p.words {
				slots := map[string][]string{"topic": p.topics}
				for slot, choices := range r.slots[side] {
					slots[slot] = choices
				}
				all = append(all, scene{[]string{word}, r.frames[side], slots})
			}
		}
	}
	partFrames, restFrames := blendFrames()
	for _, b := range blends() {
		all = append(all,
			scene{[]string{b.whole, b.part}, partFrames, map[string][]string{"topic": b.partTopics}},
			scene{[]string{b.whole, b.rest}, restFrames, map[string][]string{"topic": b.restTopics}})
	}
	return all
}

// sentence makes up one sentence.
func (s scene) sentence(random *rand.Rand) []string {
	return s.expand(nil, pick(random, s.frames), random)
}

// expand appends a text's words to sentence, with a choice in place of each slot.
func (s scene) expand(sentence []string, text string, random *rand.Rand) []string {
	for token := range strings.FieldsSeq(text) {
		slot, isSlot := strings.CutPrefix(token, "{")
		switch slot = strings.TrimSuffix(slot, "}"); {
		case !isSlot:
			sentence = append(sentence, token)
		case slot == "word":
			sentence = s.expand(sentence, pick(random, s.words), random)
		default:
			sentence = s.expand(sentence, pick(random, s.slots[slot]), random)
		}
	}
	return sentence
}

func pick(random *rand.Rand, from []string) string { return from[random.IntN(len(from))] }
