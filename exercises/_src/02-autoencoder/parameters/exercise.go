// Package parameters is an exercise of the lesson "Autoencoder step by step".
//
// What a stack costs is known before it is trained: each dense layer has weights and biases, and the code has its size.
// Edit this file as you like, but keep the signature of Count. Then run: aetutor check parameters
package parameters

// Count returns the parameters of a stack of dense layers, and how many times smaller the code is than the input.
//
//	units: [layers + 1], how many values go in and how many come out of each layer: 784, 256, 64, 16, 64, 256, 784
//	code:  which of the units are the code, 3 in this example, where the compression is 784 / 16 = 49
func Count(units []int, code int) (parameters int, compression float64) {
	for i := 1; i < len(units); i++ {
		// TODO: add the parameters of the layer from units[i-1] to units[i] values. Then compute the compression.
		parameters += units[i]
	}
	return parameters, 1
}
