package com.example.visits;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;

/** One of the names below {@code datasources}, for which a database is opened. */
@EachProperty(value = "datasources", primary = "default")
public record DatabaseName(@Parameter String name) {}
