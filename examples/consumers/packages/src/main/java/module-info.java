/** A program on the module path. */
module com.example.visits {
    requires dev.wellhead.core;
}
