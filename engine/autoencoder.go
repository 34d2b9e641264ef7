package engine

import (
	"slices"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
)

// autoencoder is an Architecture in a graph.
type autoencoder struct {
	network           *network
	mean, logVariance *graph.Node // of the codes, [batch, latent]; logVariance is nil unless variational
	reconstruction    *graph.Node // [batch, width]
	linear            *graph.Node // [batch, width], the reconstruction before its activation
}

// build adds the whole autoencoder to the graph. x: [batch, width]. With draw the decoder of a variational one gets a
// draw from the distribution of each code.
func (a Architecture) build(scope *model.Scope, x *graph.Node, draw bool) autoencoder {
	ae := autoencoder{network: &network{scope: scope}}
	ae.mean, ae.logVariance = a.encode(ae.network, x)
	z := ae.mean
	if draw && a.Variational {
		// The draw is a function of mean and deviation and of noise that depends on neither, so gradients pass through it
		// (Kingma and Welling 2014, section 2.4).
		noise := scope.RandomNormal(x.Graph(), z.Shape())
		z = graph.Add(z, graph.Mul(deviation(ae.logVariance), noise))
	}
	ae.reconstruction, ae.linear = a.decode(ae.network, z)
	return ae
}

// encode adds the encoder. x: [batch, width] → mean and, if variational, log σ², both [batch, latent].
func (a Architecture) encode(n *network, x *graph.Node) (mean, logVar *graph.Node) {
	scope, layers := n.scope.In("encoder"), a.layersOf("encoder")
	hidden, latent := layers[:len(layers)-1], layers[len(layers)-1:]
	x, _ = n.stack(scope, hidden, x)
	mean, _ = n.stack(scope, latent, x)
	if a.Variational {
		logVar = n.layer(scope.In(logVariance), latent[0], x)
	}
	return mean, logVar
}

// decode adds the decoder. z: [batch, latent] → [batch, width], after and before the output's activation.
func (a Architecture) decode(n *network, z *graph.Node) (reconstruction, linear *graph.Node) {
	return n.stack(n.scope.In("decoder"), a.layersOf("decoder"), z)
}

func (a Architecture) layersOf(part string) []located {
	return slices.DeleteFunc(a.located(), func(l located) bool { return l.part != part })
}

// deviation is σ, given log σ².
func deviation(logVariance *graph.Node) *graph.Node {
	return graph.Exp(graph.MulScalar(logVariance, 0.5))
}
