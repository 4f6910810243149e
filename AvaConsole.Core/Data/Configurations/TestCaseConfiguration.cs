using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class TestCaseConfiguration : IEntityTypeConfiguration<TestCase>
{
    public void Configure(EntityTypeBuilder<TestCase> builder)
    {
        builder.ToTable("test_cases");
        builder.HasOne<App>().WithMany(app => app.TestCases).HasForeignKey(test => test.AppId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(test => test.More).IsJson();
        builder.HasIndex(test => new { test.AppId, test.Name }).IsUnique();
    }
}
