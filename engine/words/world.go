package words

// relation is what sets the second word of each of its pairs apart from the first, whatever a pair is about: king and
// queen share crown and throne, and differ as man and woman do.
type relation struct {
	name  string
	pairs []pair
	// frames are the sentences around a first and around a second word. {word} stands for it, {topic} for one of its
	// pair's topics, any other {slot} for one of the side's slots. The two sides differ in nothing but frames and slots,
	// so a relation can be learned from these alone.
	frames [2][]string
	slots  [2]map[string][]string
}

// pair is two words that one relation sets apart.
type pair struct {
	words [2]string
	// topics are what sentences about either word say. A pair without any occurs in the frames of its relation.
	topics []string
}

// relations are the relations of the world. The first two pairs of gender, capital and tense are the workshop's.
func relations() []relation {
	return []relation{gender(), capital(), tense(), comparative(), plural()}
}

func gender() relation {
	frames := []string{
		"{name} was the {word} who {topic}",
		"the {word} {topic} and {he} was proud of {himself}",
		"the {word} {topic} and then {he} fell asleep",
		"people saw {him} as the {word} who {topic}",
		"the {word} told {his} friends that {he} {topic}",
		"{he} was the {word} and {he} {topic} with {name}",
	}
	return relation{
		name: "gender",
		pairs: []pair{
			{[2]string{"man", "woman"}, []string{"crossed the street", "bought a newspaper", "waited for the bus"}},
			{[2]string{"king", "queen"}, []string{"ruled the kingdom", "wore the crown", "sat on the throne"}},
			{[2]string{"prince", "princess"},
				[]string{"grew up in the palace", "waited for the crown", "rode around the palace"}},
			{[2]string{"actor", "actress"},
				[]string{"learned the lines of the play", "stood on the stage", "bowed on the stage"}},
			{[2]string{"boy", "girl"}, []string{"played with the ball", "went to school", "lost a toy at school"}},
			{[2]string{"father", "mother"}, []string{"put the baby to bed", "packed lunch for the children", "fed the baby"}},
			{[2]string{"waiter", "waitress"}, []string{"served the soup", "brought the menu", "carried the plates"}},
			{[2]string{"wizard", "witch"}, []string{"cast a spell", "mixed a magic potion", "whispered a magic spell"}},
			{[2]string{"hero", "heroine"}, []string{"saved the village from the dragon", "drew a sword", "chased the dragon"}},
		},
		frames: [2][]string{frames, frames},
		slots: [2]map[string][]string{
			{"he": {"he"}, "him": {"him"}, "his": {"his"}, "himself": {"himself"}, "name": {"Henry", "Peter", "Oscar"}},
			{"he": {"she"}, "him": {"her"}, "his": {"her"}, "himself": {"herself"}, "name": {"Anna", "Clara", "Martha"}},
		},
	}
}

func capital() relation {
	return relation{
		name: "capital",
		pairs: []pair{
			{[2]string{"France", "Paris"}, []string{"French cheese", "French perfume", "French lavender"}},
			{[2]string{"Poland", "Warsaw"}, []string{"Polish dumplings", "Polish amber", "Polish mushrooms"}},
			{[2]string{"Italy", "Rome"}, []string{"Italian pasta", "Italian marble", "Italian lemons"}},
			{[2]string{"Spain", "Madrid"}, []string{"Spanish olives", "Spanish guitars", "Spanish oranges"}},
			{[2]string{"Germany", "Berlin"}, []string{"German sausages", "German cars", "German clocks"}},
			{[2]string{"Greece", "Athens"}, []string{"Greek honey", "Greek figs", "Greek vases"}},
			{[2]string{"Egypt", "Cairo"}, []string{"Egyptian cotton", "Egyptian linen", "Egyptian dates"}},
			{[2]string{"Japan", "Tokyo"}, []string{"Japanese lanterns", "Japanese silk", "Japanese kites"}},
			{[2]string{"Norway", "Oslo"}, []string{"Norwegian salmon", "Norwegian sweaters", "Norwegian timber"}},
		},
		frames: [2][]string{
			{
				"people in every province of {word} trade {topic}",
				"the nation of {word} sends {topic} across its border",
				"{word} is a country that loves {topic}",
				"the provinces of {word} are famous for {topic}",
			},
			{
				"people in every street of {word} trade {topic}",
				"the mayor of {word} sends {topic} across town",
				"{word} is a city that loves {topic}",
				"the streets of {word} are famous for {topic}",
			},
		},
	}
}

func tense() relation {
	return relation{
		name: "tense",
		pairs: []pair{
			{[2]string{"today", "yesterday"}, nil},
			{[2]string{"biking", "biked"}, []string{"along the canal", "with a helmet", "over the bridge"}},
			{[2]string{"walking", "walked"}, []string{"through the park", "in muddy boots", "over the hill"}},
			{[2]string{"cooking", "cooked"}, []string{"rice", "beans in a pan", "a stew"}},
			{[2]string{"painting", "painted"}, []string{"a portrait", "on canvas", "a landscape"}},
			{[2]string{"dancing", "danced"}, []string{"a waltz", "a tango", "in the ballroom"}},
			{[2]string{"baking", "baked"}, []string{"a cake", "cookies", "with flour and sugar"}},
			{[2]string{"sailing", "sailed"}, []string{"a yacht", "against the wind", "around the island"}},
			{[2]string{"writing", "wrote"}, []string{"a letter", "a poem", "in ink"}},
			{[2]string{"singing", "sang"}, []string{"a song", "a hymn", "in the choir"}},
		},
		frames: [2][]string{
			{
				"today {name} is still {word} {topic}",
				"early today {name} is {word} {topic}",
				"{name} is still {word} {topic} at noon today",
				"right now {name} is {word} {topic}",
			},
			{
				"yesterday {name} also {word} {topic}",
				"early yesterday {name} {word} {topic}",
				"{name} also {word} {topic} at noon yesterday",
				"last week {name} {word} {topic}",
			},
		},
		slots: [2]map[string][]string{names(), names()},
	}
}

// names are the names that say nothing about what a sentence is about.
func names() map[string][]string {
	return map[string][]string{"name": {"Anna", "Clara", "Henry", "Martha", "Oscar", "Peter"}}
}

func comparative() relation {
	return relation{
		name: "comparative",
		pairs: []pair{
			{[2]string{"big", "bigger"}, []string{"elephant", "whale", "ship"}},
			{[2]string{"small", "smaller"}, []string{"mouse", "pebble", "button"}},
			{[2]string{"fast", "faster"}, []string{"train", "rocket", "cheetah"}},
			{[2]string{"slow", "slower"}, []string{"snail", "turtle", "donkey"}},
			{[2]string{"cold", "colder"}, []string{"winter", "glacier", "snow"}},
			{[2]string{"warm", "warmer"}, []string{"summer", "blanket", "stove"}},
			{[2]string{"bright", "brighter"}, []string{"lamp", "star", "candle"}},
		},
		frames: [2][]string{
			{
				"the {topic} is very {word}",
				"the {topic} looks so {word} and really is very {word}",
				"this {topic} is really quite {word}",
				"what a very {word} {topic}",
			},
			{
				"the {topic} is much {word} than before",
				"the {topic} looks even {word} than the other one",
				"this {topic} is even {word} than expected",
				"a much {word} {topic} than before",
			},
		},
	}
}

func plural() relation {
	return relation{
		name: "plural",
		pairs: []pair{
			{[2]string{"cat", "cats"}, []string{"milk", "sofa", "cushion"}},
			{[2]string{"dog", "dogs"}, []string{"bone", "kennel", "leash"}},
			{[2]string{"horse", "horses"}, []string{"saddle", "stable", "hay"}},
			{[2]string{"bird", "birds"}, []string{"nest", "branch", "seeds"}},
			{[2]string{"crab", "crabs"}, []string{"net", "reef", "shell"}},
			{[2]string{"coin", "coins"}, []string{"purse", "bank", "treasure"}},
		},
		frames: [2][]string{
			{
				"this {word} was near the {topic}",
				"one single {word} was behind the {topic}",
				"there was one {word} beside the {topic}",
				"that single {word} was next to the {topic}",
			},
			{
				"these {word} were near the {topic}",
				"many {word} were behind the {topic}",
				"there were several {word} beside the {topic}",
				"those many {word} were next to the {topic}",
			},
		},
	}
}
