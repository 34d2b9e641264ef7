// Package engine computes all that the workshop computes: it opens a backend, builds and trains autoencoders, plain,
// denoising, masked, variational and convolutional ones, and classifiers on their codes, and measures them. It speaks
// of architectures, models, runs and events; GoMLX stays inside.
package engine
