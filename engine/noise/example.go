package noise

import "fmt"

// maxValues bounds an example, and with it the memory and the time for one.
const maxValues = 1 << 20

func checkShape(shape []int) error {
	if len(shape) != 1 && len(shape) != 2 {
		return fmt.Errorf("an example has shape %v; a picture's is [height, width], a series' [length]", shape)
	}
	values := 1
	for _, side := range shape {
		if side < 1 || side > maxValues/values {
			return fmt.Errorf("an example has shape %v; its sides must be positive, its values at most %d", shape, maxValues)
		}
		values *= side
	}
	return nil
}

// sides is the height and the width of a shape; a series is one row.
func sides(shape []int) (height, width int) {
	if len(shape) == 1 {
		return 1, shape[0]
	}
	return shape[0], shape[1]
}

// size is the number of values of one example.
func size(shape []int) int {
	height, width := sides(shape)
	return height * width
}

// examples counts the examples of two sets of one shape.
func examples(a, b []float32, shape []int) (int, error) {
	if err := checkShape(shape); err != nil {
		return 0, err
	}
	if len(a) != len(b) {
		return 0, fmt.Errorf("one set has %d values, the other %d; they must have as many", len(a), len(b))
	}
	width := size(shape)
	if len(a)%width != 0 {
		return 0, fmt.Errorf("%d values are not a whole number of examples of shape %v, which have %d", len(a), shape, width)
	}
	return len(a) / width, nil
}

// checkUnit refuses a value that is not from 0 to 1, NaN among them.
func checkUnit(values []float32) error {
	for i, v := range values {
		if !(v >= 0 && v <= 1) {
			return fmt.Errorf("value %d is %v; it must be from 0 to 1", i, v)
		}
	}
	return nil
}
