package judge

// knn are the judges of the lesson knn.
func knn() map[string]Judge {
	return map[string]Judge{}
}
