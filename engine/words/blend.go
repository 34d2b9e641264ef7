package words

// blend is a whole that is spoken of in two connections, each of which it shares with one other thing. Taking one of
// the two away leaves the other: library − books ≈ hall. The three are noun phrases that end in their word.
type blend struct {
	whole, part, rest      string
	partTopics, restTopics []string // who speaks of whole and part, and who of whole and rest
}

// blendFrames are the sentences about a whole and its part, and about a whole and what remains of it.
func blendFrames() (part, rest []string) {
	part = []string{
		"all {topic} think of {word}",
		"{topic} often talk about {word}",
		"there are no {topic} without {word}",
		"{topic} dream of {word} at night",
	}
	rest = []string{
		"most {topic} return to {word}",
		"{word} is well known to {topic}",
		"some {topic} turn to {word} in trouble",
		"only {topic} could save {word}",
	}
	return part, rest
}

// blends follow the workshop's examples of the form a − b ≈ c, with two changes: the prime minister is a premier, since
// a word has no blanks, and two invented countries stand for the real ones.
func blends() []blend {
	return []blend{
		{
			"the library", "books", "the hall",
			[]string{"readers and poets", "poets and scholars", "scholars and readers"},
			[]string{"crowds and speakers", "speakers and builders", "builders and crowds"},
		},
		{
			"the president", "power", "the premier",
			[]string{"generals and tyrants", "tyrants and armies", "armies and generals"},
			[]string{"ministers and voters", "voters and judges", "judges and ministers"},
		},
		{
			"humans", "animals", "ethics",
			[]string{"biologists and breeders", "breeders and vets", "vets and biologists"},
			[]string{"philosophers and priests", "priests and moralists", "moralists and philosophers"},
		},
		{
			"Morvia", "violence", "Belmar",
			[]string{"refugees and soldiers", "soldiers and victims", "victims and refugees"},
			[]string{"merchants and nomads", "nomads and caravans", "caravans and merchants"},
		},
		{
			"the sea", "salt", "the lake",
			[]string{"cooks and chemists", "chemists and miners", "miners and cooks"},
			[]string{"swimmers and anglers", "anglers and divers", "divers and swimmers"},
		},
		{
			"the bakery", "bread", "the shop",
			[]string{"millers and pupils", "pupils and peasants", "peasants and millers"},
			[]string{"customers and clerks", "clerks and cashiers", "cashiers and customers"},
		},
	}
}
