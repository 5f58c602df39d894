@interface A { Class value() default Runtime }
