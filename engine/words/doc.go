// Package words trains word vectors by skip-gram with negative sampling (Mikolov et al. 2013b) on a corpus that a small
// grammar makes up, and calculates with them: nearest words by cosine, and expressions such as king − man + woman.
//
// The corpus is no collection of real text. Its world is written so that pairs such as king and queen share topics and
// differ in the words around them, and no sentence puts the two words of a pair together. In so small a world the words
// of its topic come close to a word: king is nearer to throne than to queen.
//
// Sources: Mikolov, Chen, Corrado and Dean 2013, "Efficient estimation of word representations in vector space"
// (2013a); Mikolov, Sutskever, Chen, Corrado and Dean 2013, "Distributed representations of words and phrases and their
// compositionality" (2013b).
package words
