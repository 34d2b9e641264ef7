package parameters

func Count(units []int, code int) (parameters int, compression float64) {
	for i := 1; i < len(units); i++ {
		parameters += units[i-1]*units[i] + units[i-1]
	}
	return parameters, float64(units[0]) / float64(units[code])
}
