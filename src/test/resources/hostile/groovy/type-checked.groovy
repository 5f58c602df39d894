@groovy.transform.TypeChecked(extensions='evil.groovy')
def f() { }
