sun.misc.Unsafe.theUnsafe
