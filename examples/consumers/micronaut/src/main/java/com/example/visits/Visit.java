package com.example.visits;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of the table {@code visits}. */
@MappedEntity("visits")
public record Visit(@Id @GeneratedValue Long id, Instant at) {}
