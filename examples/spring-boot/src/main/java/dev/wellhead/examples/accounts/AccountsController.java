package dev.wellhead.examples.accounts;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /accounts} lists the accounts, and {@code POST /accounts} opens one. */
@RestController
class AccountsController {

    private final Accounts accounts;

    AccountsController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/accounts")
    List<Account> list() {
        return accounts.all();
    }

    @PostMapping("/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    Account open(@RequestBody NewAccount account) {
        return accounts.open(account.name());
    }

    /** The body of a request. */
    record NewAccount(String name) {}
}
