package judge

import "maps"

// All are the judges of all exercises, by the exercise's name. Those of a lesson are in one file.
func All() map[string]Judge {
	all := map[string]Judge{}
	for _, lesson := range []map[string]Judge{
		representations(), gpu(), autoencoder(), anomaly(), knn(), denoising(), vae(), pretraining(), downstream(), embeddings(),
	} {
		maps.Copy(all, lesson)
	}
	return all
}
