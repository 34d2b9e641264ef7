// Package parameters is an exercise of the lesson "Autoencoder step by step".
package parameters

// Count returns the parameters of a stack of dense layers, and how many times smaller the code is than the input.
//
//	units: [layers + 1], how many values go in and how many come out of each layer: 784, 256, 64, 16, 64, 256, 784
//	code:  which of the units are the code, 3 in this example, where the compression is 784 / 16 = 49
func Count(units []int, code int) (parameters int, compression float64) {
	for i := 1; i < len(units); i++ {
		parameters += units[i-1]*units[i] + units[i]
	}
	return parameters, float64(units[0]) / float64(units[code])
}
