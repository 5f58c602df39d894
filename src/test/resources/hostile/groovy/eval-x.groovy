groovy.util.Eval.x(1, 'x')
