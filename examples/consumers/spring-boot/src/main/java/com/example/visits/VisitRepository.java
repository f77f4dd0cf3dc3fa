package com.example.visits;

import org.springframework.data.jpa.repository.JpaRepository;

/** The visits in the database. */
interface VisitRepository extends JpaRepository<Visit, Long> {}
