String.mixin(Evil)
