package com.example.visits;

import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** Visits with MyBatis. */
final class MyBatisVisits implements Visits {

    private final SqlSessionFactory sessions;

    /** The statements. */
    interface Statements {

        @Insert("insert into visits default values")
        void add();

        @Select("select count(*) from visits")
        long count();
    }

    MyBatisVisits(DataSource source) {
        Configuration configuration =
                new Configuration(new Environment("visits", new JdbcTransactionFactory(), source));
        configuration.addMapper(Statements.class);
        this.sessions = new SqlSessionFactoryBuilder().build(configuration);
    }

    @Override
    public long add() {
        try (SqlSession session = sessions.openSession()) {
            Statements statements = session.getMapper(Statements.class);
            statements.add();
            long count = statements.count();
            session.commit();
            return count;
        }
    }
}
