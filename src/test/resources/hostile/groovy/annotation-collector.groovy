@groovy.transform.AnnotationCollector([groovy.transform.ASTTest])
@interface X {}
